package dev.basalt.domain.health;

/** How well a database is. */
public enum HealthStatus {
    HEALTHY,
    /** It answers, but not everything works: for example, all connections are in use. */
    DEGRADED,
    UNHEALTHY
}
