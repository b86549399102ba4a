package dev.millrace.salesforce;

/** How many of the organisation's API requests of the last 24 hours are used up. */
public record ApiUsage(long used, long limit) {}
