---- MODULE MixedSets ----
(* Sets in which model values are among other values: the model values come first. *)
EXTENDS Integers, FiniteSets, Sequences
CONSTANTS None, Other
VARIABLES x, rest
First(S) == CHOOSE e \in S : TRUE
ASSUME First({TRUE, None}) = None /\ First({"a", None}) = None /\ First({{1}, None}) = None
ASSUME First({<<1>>, None}) = None /\ First({[a |-> 1], None}) = None
ASSUME Cardinality({1, None, 2, Other}) = 4
Init == x = None /\ rest = {1, 2, Other, None}
Next ==
  /\ rest # {}
  /\ x' = First(rest)
  /\ rest' = rest \ {x'}
====
