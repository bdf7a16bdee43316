DROP TABLE basalt_probe;
