---- MODULE RecursiveLevels ----
(* Recursive operators that are announced together: to the level rules all of them are actions, and only Set is one. *)
EXTENDS Naturals
CONSTANT Start
VARIABLE x
RECURSIVE Zero(_), Value(_), Set(_)
Zero(n) == IF n = 0 THEN 0 ELSE Zero(n - 1)
Value(n) == IF n = 0 THEN x ELSE Value(n - 1)
Set(n) == IF n = 0 THEN x' = x + 1 ELSE Set(n - 1)
First == Zero(2)
Init == x = Zero(3) + Start
Next == x < 4 /\ Set(2)
Small == Value(1) < 4
View == Value(2)
====
