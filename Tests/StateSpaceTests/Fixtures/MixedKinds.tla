---- MODULE MixedKinds ----
(* A model value among integers and strings does not make these comparable. *)
EXTENDS Integers, FiniteSets
CONSTANT None
VARIABLE x
Init == x = 0
Next == x' = x + Cardinality({x, "a", None})
====
