-- A queue is empty when it is analysed and full when it matters, or full of another Mandant: plans made from such numbers took minutes for
-- what takes milliseconds. Without numbers the planner assumes that a Mandant is one of many and that a key finds one row, and is right.
ALTER TABLE index_rueckstand ALTER COLUMN mandant_id SET STATISTICS 0;
