-- An order's total is the sum of its lines.
select
    order_id,
    order_total,
    lines_total
from {{ ref('fct_orders') }}
where abs(order_total - lines_total) > 0.005
