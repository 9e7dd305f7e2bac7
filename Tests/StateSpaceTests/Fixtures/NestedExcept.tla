---- MODULE NestedExcept ----
\* Records in records in functions: paths, several updates at once, @, and a field that is not there.
EXTENDS Naturals
VARIABLE r
Init == r = [a |-> 0, b |-> [c |-> <<1, 2>>, d |-> [x \in {"u", "v"} |-> 0]]]
Next ==
  \/ r.a < 3 /\ r' = [r EXCEPT !.a = @ + 1, !.b.c[1] = @ + r.a]
  \/ r.b.d["u"] < 2 /\ r' = [r EXCEPT !.b.d.u = @ + 1, !.b.d["v"] = 2 - @]
  \/ r' = [r EXCEPT !.missing = 7]
  \/ r' = [r EXCEPT !.b = [@ EXCEPT !.c = <<1, 2>>], !.a = 0]
====
