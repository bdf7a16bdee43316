SwaggerUIBundle({ url: "/openapi.yml", dom_id: "#viewer", validatorUrl: null });
