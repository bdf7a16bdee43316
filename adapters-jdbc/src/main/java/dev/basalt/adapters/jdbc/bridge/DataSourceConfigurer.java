package dev.basalt.adapters.jdbc.bridge;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import java.util.Map;

/**
 * Lets Micronaut Data know of the one data source: it makes its operations for those only that the configuration names.
 * The dialect set here is that of statements without a repository, of which there are none.
 */
@ContextConfigurer
public final class DataSourceConfigurer implements ApplicationContextConfigurer {

    @Override
    public void configure(ApplicationContextBuilder builder) {
        builder.propertySources(PropertySource.of(
                "basalt-bridge", Map.of("datasources." + MicronautDataBridge.NAME + ".dialect", "ANSI")));
    }
}
