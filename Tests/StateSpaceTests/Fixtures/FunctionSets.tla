---- MODULE FunctionSets ----
\* Function sets, SUBSET and record sets are enumerated; Seq, Nat and large ones serve for membership.
EXTENDS Naturals, Sequences
VARIABLES f, s, q
Init == f \in [{"a", "b"} -> 0..1] /\ s \in SUBSET {1, 2} /\ q = <<>>
Next ==
  \/ f' \in [{"a", "b"} -> {f["a"], 2}] /\ UNCHANGED <<s, q>>
  \/ \E t \in SUBSET s : s' = t /\ q' = (IF Len(q) < 2 THEN Append(q, t) ELSE <<>>) /\ f' = f
  \/ \E r \in [n : 1..2, done : BOOLEAN] : r.done /\ s' = s \union {r.n} /\ UNCHANGED <<f, q>>
Typed ==
  /\ f \in [{"a", "b"} -> Nat]
  /\ s \in SUBSET Nat
  /\ q \in Seq(SUBSET (1..30))
  /\ DOMAIN f = {"a", "b"}
====
