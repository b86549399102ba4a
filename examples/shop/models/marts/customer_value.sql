{% set at_risk_after = var('at_risk_after_days') %}

with latest as (
    select max(placed_at) as at from {{ ref('fct_orders') }}
)

select
    c.customer_key,
    c.name,
    c.segment,
    coalesce(sum(o.order_total) filter (where o.status not in ('cancelled', 'returned')), 0) as lifetime_value,
    count(o.order_id) as order_count,
    cast(max(o.placed_at) as date) as last_order_on,
    coalesce(max(o.placed_at) < max(latest.at) - interval {{ at_risk_after }} day, true) as at_risk
from {{ ref('dim_customers') }} c
cross join latest
left join {{ ref('fct_orders') }} o on o.customer_id = c.customer_id
group by c.customer_key, c.name, c.segment
