package dev.basalt.app.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.basalt.domain.page.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what it holds
 * @param page its number, from 1
 * @param pageSize the most items that a page holds
 * @param hasNext whether there is a page behind it
 * @param total the length of the whole list, where it was asked for
 */
public record PageJson<T>(
        List<T> items,
        int page,
        int pageSize,
        boolean hasNext,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {

    public static <S, T> PageJson<T> of(Page<S> page, Function<? super S, ? extends T> change) {
        Page<T> changed = page.map(change);
        return new PageJson<>(
                changed.items(),
                changed.request().page(),
                changed.request().pageSize(),
                changed.hasNext(),
                changed.total());
    }
}
