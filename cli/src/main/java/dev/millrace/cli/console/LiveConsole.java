package dev.millrace.cli.console;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A living console: finished lines scroll away above, a line per running node stays below. One timer thread draws, at
 * most ten times a second and with one write per frame; events only change what will be drawn.
 */
final class LiveConsole implements RunConsole {
    private static final int PERIOD_MS = 100;

    private final Screen screen;
    private final Narrator narrator;
    private final Style style;
    private final Clock clock;
    private final Painter painter;
    private final Thread timer;
    private final CountDownLatch stop = new CountDownLatch(1);

    // Guarded by this.
    private final Map<NodeId, Running> running = new LinkedHashMap<>();
    private final List<String> pending = new ArrayList<>();
    private @Nullable Instant started;
    private int done;
    private int failed;
    private int total;
    private boolean cancelling;
    private boolean over;
    private int tick;

    LiveConsole(Screen screen, Narrator narrator, Style style, Clock clock) {
        this.screen = screen;
        this.narrator = narrator;
        this.style = style;
        this.clock = clock;
        this.painter = new Painter(screen);
        this.timer = new Thread(this::drawAgainAndAgain, "millrace-console");
        timer.setDaemon(true);
        timer.start();
    }

    @Override
    public void on(RunEvent event) {
        List<String> lines = narrator.withWidth(screen.width()).lines(event);
        synchronized (this) {
            pending.addAll(lines);
            apply(event);
        }
        if (event instanceof RunEvent.RunFinished) {
            close();
        }
    }

    private void apply(RunEvent event) {
        if (event instanceof RunEvent.RunStarted start) {
            started = start.at();
            total = start.nodes().size();
        } else if (event instanceof RunEvent.NodeStarted start) {
            running.put(start.node().id(), Running.from(start.node(), start.at()));
        } else if (event instanceof RunEvent.NodeProgressed progress) {
            OptionalLong totalRows = progress.totalRows();
            running.computeIfPresent(progress.node().id(), (id, node) -> node.progressed(progress.rows(), totalRows));
        } else if (event instanceof RunEvent.NodeRetrying retry) {
            running.computeIfPresent(
                    retry.node().id(),
                    (id, node) -> node.noted("retry " + retry.attempt() + " of " + (retry.attempts() - 1)));
        } else if (event instanceof RunEvent.NodeFinished finish) {
            count(finish.result());
        } else if (event instanceof RunEvent.RunFinished) {
            over = true;
        }
    }

    private void count(NodeResult result) {
        boolean known = running.remove(result.node().id()) != null;
        boolean planned = known || result.status() == Status.SKIPPED;
        done += planned && done < total ? 1 : 0;
        failed += result.status() == Status.ERROR || result.status() == Status.FAIL ? 1 : 0;
    }

    private void drawAgainAndAgain() {
        try {
            while (!stop.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        List<String> lines;
        List<String> frame;
        synchronized (this) {
            lines = List.copyOf(pending);
            pending.clear();
            frame = started == null || over ? List.of() : frame(started);
        }
        painter.paint(lines, frame);
    }

    private List<String> frame(Instant since) {
        Frame.Totals totals = new Frame.Totals(since, done, failed, total, cancelling);
        return new Frame(style, screen.width(), screen.height())
                .lines(List.copyOf(running.values()), totals, clock.instant(), tick++);
    }

    @Override
    public synchronized void cancelling() {
        cancelling = true;
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            timer.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            over = true;
        }
        draw();
        painter.restore();
    }
}
