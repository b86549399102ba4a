package dev.millrace.cli.console;

import dev.millrace.core.run.RunEvent;
import java.io.PrintStream;

/** Finished lines one after the other: for pipes, files and dumb terminals. */
final class PlainConsole implements RunConsole {
    private final PrintStream out;
    private final Narrator narrator;

    PlainConsole(PrintStream out, Narrator narrator) {
        this.out = out;
        this.narrator = narrator;
    }

    @Override
    public void on(RunEvent event) {
        StringBuilder text = new StringBuilder();
        for (String line : narrator.lines(event)) {
            text.append(line).append('\n');
        }
        if (text.length() > 0) {
            out.print(text);
            out.flush();
        }
    }

    @Override
    public void cancelling() {
        out.print("Cancelling: what runs is being stopped; once more stops at once.\n");
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
