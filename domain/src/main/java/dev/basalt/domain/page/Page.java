package dev.basalt.domain.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what it holds; empty behind the end of the list
 * @param request which page it is
 * @param hasNext whether there are items behind it
 * @param total the length of the whole list, or {@code null} if it was not asked for
 */
public record Page<T>(
        List<T> items,
        PageRequest request,
        boolean hasNext,
        @Nullable Long total) {

    public Page {
        items = List.copyOf(items);
    }

    /** Makes a page of a list read one item further than the page goes: the one more tells whether there is a next. */
    public static <T> Page<T> of(List<T> itemsAndOneMore, PageRequest request, @Nullable Long total) {
        boolean hasNext = itemsAndOneMore.size() > request.pageSize();
        List<T> items = hasNext ? itemsAndOneMore.subList(0, request.pageSize()) : itemsAndOneMore;
        return new Page<>(items, request, hasNext, total);
    }

    /** The same page with each item turned into something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), request, hasNext, total);
    }
}
