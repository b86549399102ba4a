-- Both sides as one: the batch where it is complete, the stream from there on.
{{ config(materialized='unified') }}

select * from {{ unify(batch=ref('event_counts_batch'), speed=ref('event_counts'), high_water_mark='window_start') }}
