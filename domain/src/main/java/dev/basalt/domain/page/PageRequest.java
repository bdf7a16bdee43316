package dev.basalt.domain.page;

/**
 * Which page of a list is asked for.
 *
 * @param page the page's number, from 1
 * @param pageSize items to a page, 1 to {@value #MAX_PAGE_SIZE}
 * @param withTotal whether to count the whole list as well
 */
public record PageRequest(int page, int pageSize, boolean withTotal) {

    public static final int MAX_PAGE_SIZE = 1000;

    public PageRequest {
        if (page < 1) {
            throw new IllegalArgumentException("page is " + page + ": pages are numbered from 1");
        }
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("page_size is " + pageSize + ": 1 to " + MAX_PAGE_SIZE + " is allowed");
        }
    }

    /** How many items come before the page. */
    public long offset() {
        return (page - 1L) * pageSize;
    }
}
