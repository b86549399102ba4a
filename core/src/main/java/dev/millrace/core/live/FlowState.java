package dev.millrace.core.live;

/** What a node that is kept running does at the moment. */
public enum FlowState {
    /** It opens its connections. */
    STARTING,
    /** It processes what has arrived. */
    RUNNING,
    /** All that has arrived is processed. */
    IDLE,
    /** It failed and will be tried again. */
    BACKING_OFF,
    STOPPED
}
