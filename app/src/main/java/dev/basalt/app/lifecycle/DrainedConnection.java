package dev.basalt.app.lifecycle;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * One HTTP/1.1 connection, which knows what it still owes its client.
 *
 * <p>Once it is to end, its last answer says {@code Connection: close} and it closes behind that; one that owes nothing
 * stays for a moment, in case that a request is under way to it. A request that arrives in the very instant in which that
 * moment ends is lost; nothing that a server can do excludes this (RFC 9112, 9.6), which is why orders have idempotency keys.
 *
 * <p>Everything but {@link #drain()} and {@link #close()} happens on the event loop of the channel.
 */
final class DrainedConnection extends ChannelDuplexHandler implements NettyServerCustomizer {

    /** How long an idle connection stays: far longer than a busy client thinks, far shorter than a stop may take. */
    private static final long QUIET_MILLIS = 1_000;

    private final Channel channel;
    private int owed;
    private boolean draining;
    /** Whether the answer that is being written has told the client that it is the last. */
    private boolean last;

    DrainedConnection(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void onStreamPipelineBuilt() {
        channel.pipeline().addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, "basalt-drain", this);
    }

    /** Ends the connection as soon as it owes nothing. */
    void drain() {
        channel.eventLoop().execute(() -> {
            draining = true;
            var _ = channel.eventLoop().schedule(this::closeIfIdle, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    /** Ends the connection whatever it owes. */
    void close() {
        var _ = channel.close();
    }

    private void closeIfIdle() {
        if (owed == 0) {
            close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (last) {
            // The client was told that this connection ends: what it sends now must not be carried out unanswered.
            var _ = ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest) {
            owed++;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ChannelPromise written = promise;
        // Of several requests in a row (pipelining), the last one's answer ends the connection.
        if (message instanceof HttpResponse response && !interim(response) && draining && owed == 1) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            last = true;
        }
        if (message instanceof LastHttpContent && !(message instanceof HttpResponse response && interim(response))) {
            owed--;
            // An answer that was begun before the drain could not say so, but ends the connection as well.
            if (last || (draining && owed == 0)) {
                written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
            }
        }
        var _ = context.write(message, written);
    }

    /** Tells whether the real answer is still to come, such as behind 100 Continue. */
    private static boolean interim(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
