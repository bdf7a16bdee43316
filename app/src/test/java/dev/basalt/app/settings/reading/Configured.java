package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.report.ReportedSetting;
import dev.basalt.app.settings.source.ContextSetup;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.SystemPropertiesPropertySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings given in any source, apart from those of the process that runs the tests. */
final class Configured {

    static final String FILE = "/etc/basalt.yml";

    private final Providers providers = new Providers(
            List.of(new PartsProvider("fake", "fake:"), new PartsProvider("sqlite", "sqlite:", List.of())));
    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final Map<String, Object> systemProperties = new LinkedHashMap<>();
    private final Map<String, Object> file = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private Path directory = Path.of("target");

    Configured variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Configured variables(Map<String, String> all) {
        variables.putAll(all);
        return this;
    }

    Configured systemProperty(String name, String value) {
        systemProperties.put(name, value);
        return this;
    }

    Configured argument(String name, String value) {
        arguments.add("-" + name + "=" + value);
        return this;
    }

    Configured inFile(String name, Object value) {
        file.put(name, value);
        return this;
    }

    Configured profile(String name) {
        return argument("micronaut.environments", name);
    }

    Configured directory(Path other) {
        directory = other;
        return this;
    }

    EffectiveSettings read() {
        try (var environment = ContextSetup.configure(
                        ApplicationContext.builder(), directory, arguments.toArray(String[]::new))
                .environmentPropertySource(false)
                .propertySources(new MapPropertySource(EnvironmentPropertySource.NAME, variables) {
                    @Override
                    public PropertyConvention getConvention() {
                        return PropertyConvention.ENVIRONMENT_VARIABLE;
                    }

                    @Override
                    public int getOrder() {
                        return EnvironmentPropertySource.POSITION;
                    }
                })
                .propertySources(new MapPropertySource(SystemPropertiesPropertySource.NAME, systemProperties) {
                    @Override
                    public int getOrder() {
                        return SystemPropertiesPropertySource.POSITION;
                    }
                })
                .propertySources(PropertySource.of(FILE, file, EnvironmentPropertySource.POSITION - 50))
                .build()
                .getEnvironment()
                .start()) {
            return SettingsReader.read(environment, providers);
        }
    }

    ReportedSetting reported(String name) {
        return read().report().settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
