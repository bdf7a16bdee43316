package dev.basalt.benchmarks.run;

import com.zaxxer.hikari.HikariConfig;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.BackendProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * One database. Its text shows no password.
 *
 * @param name its product
 * @param provider opens it as a backend
 * @param url what the provider opens
 * @param jdbcUrl the same for its driver, without any backend
 * @param carefulUrl the same with what keeps a connection that reads from writing and a silent server from holding it
 * @param blocksCarriers whether its driver blocks in native code, where a virtual thread keeps its carrier
 */
public record Place(
        String name,
        BackendProvider provider,
        DatabaseUrl url,
        DatabaseUrl jdbcUrl,
        DatabaseUrl carefulUrl,
        boolean blocksCarriers) {

    /** The installed adapter of a product. */
    static Optional<BackendProvider> provider(String product) {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.product().equals(product))
                .findFirst();
    }

    /** HikariCP's settings for it, as they are by default. */
    public HikariConfig plain() {
        return config(jdbcUrl);
    }

    /** The same with {@link #carefulUrl}. */
    public HikariConfig careful() {
        return config(carefulUrl);
    }

    private static HikariConfig config(DatabaseUrl url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url.value());
        return config;
    }

    /** Keeps it in a file, from which another process can {@link #read} it: whatever a process is started with can be seen. */
    public void write(Path file) {
        var properties = new Properties();
        properties.setProperty("name", name);
        properties.setProperty("url", url.value());
        properties.setProperty("jdbc-url", jdbcUrl.value());
        properties.setProperty("careful-url", carefulUrl.value());
        properties.setProperty("blocks-carriers", Boolean.toString(blocksCarriers));
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one that was kept. */
    public static Place read(Path file) {
        var properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = properties.getProperty("name");
        return new Place(
                name,
                provider(name).orElseThrow(),
                new DatabaseUrl(properties.getProperty("url")),
                new DatabaseUrl(properties.getProperty("jdbc-url")),
                new DatabaseUrl(properties.getProperty("careful-url")),
                Boolean.parseBoolean(properties.getProperty("blocks-carriers")));
    }
}
