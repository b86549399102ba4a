-- An order's total is the sum of its lines. Orders stream in while lines come in batches: the newest are not judged yet.
select
    order_id,
    order_total,
    lines_total
from {{ ref('fct_orders') }}
where abs(order_total - lines_total) > 0.005
    and placed_at <= (select max(updated_at) from {{ ref('fct_order_lines') }})
