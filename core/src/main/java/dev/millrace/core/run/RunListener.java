package dev.millrace.core.run;

/** Hears the events of a run. Called by one thread at a time, in order; must return quickly and not throw. */
@FunctionalInterface
public interface RunListener {
    void on(RunEvent event);
}
