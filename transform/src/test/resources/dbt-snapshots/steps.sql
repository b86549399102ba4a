create table sacks_1 (id integer, part varchar, kind varchar, kg double, changed timestamp);
insert into sacks_1 (id, part, kind, kg, changed) values (0, 'x', 'rye', 2, timestamp '2020-01-01');
insert into sacks_1 (id, part, kind, kg, changed) values (2, 'x', null, 1, timestamp '2020-01-01');
insert into sacks_1 (id, part, kind, kg, changed) values (3, 'x', 'rye', 3, timestamp '2020-01-01');
insert into sacks_1 (id, part, kind, kg, changed) values (4, 'x', 'rye', 2, timestamp '2020-01-01');
insert into sacks_1 (id, part, kind, kg, changed) values (5, 'x', 'rye', 1, timestamp '2020-01-01');
create table sacks_2 (id integer, part varchar, kind varchar, kg double, changed timestamp);
insert into sacks_2 (id, part, kind, kg, changed) values (0, 'x', 'rye', 3, timestamp '2020-01-01');
insert into sacks_2 (id, part, kind, kg, changed) values (0, 'y', 'rye', 3, timestamp '2020-01-01');
insert into sacks_2 (id, part, kind, kg, changed) values (2, 'x', 'oat', 1, timestamp '2020-01-01');
--
insert into sacks_1 (id, part, kind, kg, changed) values (1, 'x', 'rye', 2, timestamp '2020-01-02');
update sacks_1 set kind = 'late', changed = timestamp '2019-06-01' where id = 2 and part = 'x';
update sacks_1 set kind = 'corn', kg = 1, changed = timestamp '2020-01-02' where id = 3 and part = 'x';
update sacks_1 set kind = null, kg = null, changed = timestamp '2020-01-02' where id = 4 and part = 'x';
update sacks_2 set kind = 'oat', kg = 1, changed = timestamp '2020-01-02' where id = 0 and part = 'x';
insert into sacks_2 (id, part, kind, kg, changed) values (1, 'x', null, 1, timestamp '2020-01-02');
insert into sacks_2 (id, part, kind, kg, changed) values (1, 'y', null, 2, timestamp '2020-01-02');
update sacks_2 set changed = timestamp '2020-01-02' where id = 2 and part = 'x';
insert into sacks_2 (id, part, kind, kg, changed) values (2, 'y', 'oat', 2, timestamp '2020-01-02');
--
update sacks_1 set kind = null, kg = null, changed = timestamp '2020-01-03' where id = 0 and part = 'x';
update sacks_1 set kind = 'corn', kg = 1, changed = timestamp '2020-01-03' where id = 1 and part = 'x';
update sacks_1 set kind = 'rye', kg = null, changed = timestamp '2020-01-03' where id = 3 and part = 'x';
update sacks_1 set changed = timestamp '2020-01-03' where id = 4 and part = 'x';
delete from sacks_1 where id = 5 and part = 'x';
update sacks_2 set kind = null, kg = null, changed = timestamp '2020-01-03' where id = 0 and part = 'x';
update sacks_2 set kind = 'late', changed = timestamp '2019-06-01' where id = 1 and part = 'x';
update sacks_2 set kind = 'oat', kg = 1, changed = timestamp '2020-01-03' where id = 1 and part = 'y';
delete from sacks_2 where id = 2 and part = 'x';
update sacks_2 set kind = 'late', changed = timestamp '2019-06-01' where id = 2 and part = 'y';
--
update sacks_1 set changed = timestamp '2020-01-04' where id = 2 and part = 'x';
update sacks_1 set changed = timestamp '2020-01-04' where id = 3 and part = 'x';
update sacks_1 set changed = timestamp '2020-01-04' where id = 4 and part = 'x';
insert into sacks_1 (id, part, kind, kg, changed) values (5, 'x', null, 2, timestamp '2020-01-04');
alter table sacks_1 add column grade integer default 3;
update sacks_2 set kind = 'rye', kg = null, changed = timestamp '2020-01-04' where id = 1 and part = 'x';
insert into sacks_2 (id, part, kind, kg, changed) values (2, 'x', null, 2, timestamp '2020-01-04');
delete from sacks_2 where id = 2 and part = 'y';
alter table sacks_2 add column grade integer default 3;
--
update sacks_1 set kind = 'rye', kg = null, changed = timestamp '2020-01-05' where id = 0 and part = 'x';
update sacks_1 set changed = timestamp '2020-01-05' where id = 1 and part = 'x';
delete from sacks_1 where id = 3 and part = 'x';
update sacks_1 set changed = timestamp '2020-01-05' where id = 4 and part = 'x';
update sacks_1 set kind = 'corn', kg = 1, changed = timestamp '2020-01-05' where id = 5 and part = 'x';
delete from sacks_2 where id = 0 and part = 'x';
update sacks_2 set kind = 'oat', kg = 1, changed = timestamp '2020-01-05' where id = 1 and part = 'x';
update sacks_2 set kind = 'oat', kg = 2, changed = timestamp '2020-01-05' where id = 1 and part = 'y';
delete from sacks_2 where id = 2 and part = 'x';
insert into sacks_2 (id, part, kind, kg, changed) values (2, 'y', 'oat', 2, timestamp '2020-01-05');
--
update sacks_1 set kind = null, kg = null, changed = timestamp '2020-01-06' where id = 0 and part = 'x';
update sacks_1 set kind = 'late', changed = timestamp '2019-06-01' where id = 1 and part = 'x';
update sacks_1 set kind = 'rye', kg = null, changed = timestamp '2020-01-06' where id = 2 and part = 'x';
update sacks_1 set kind = 'late', changed = timestamp '2019-06-01' where id = 4 and part = 'x';
update sacks_1 set kind = 'rye', kg = 1, changed = timestamp '2020-01-06' where id = 5 and part = 'x';
insert into sacks_2 (id, part, kind, kg, changed) values (0, 'x', 'rye', 3, timestamp '2020-01-06');
update sacks_2 set kind = 'rye', kg = 2, changed = timestamp '2020-01-06' where id = 0 and part = 'y';
update sacks_2 set kind = 'oat', kg = 2, changed = timestamp '2020-01-06' where id = 1 and part = 'x';
insert into sacks_2 (id, part, kind, kg, changed) values (2, 'x', null, 2, timestamp '2020-01-06');
update sacks_2 set changed = timestamp '2020-01-06' where id = 2 and part = 'y';
--
