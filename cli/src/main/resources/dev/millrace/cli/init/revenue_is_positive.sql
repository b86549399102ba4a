-- A test is a query that finds what must not be.
select *
from {{ ref('revenue_per_day') }}
where revenue <= 0
