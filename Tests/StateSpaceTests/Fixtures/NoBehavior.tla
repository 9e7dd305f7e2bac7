---- MODULE NoBehavior ----
(* A formula that speaks of no variable: there is no state to begin with, and the assumptions are the run. *)
EXTENDS Naturals
ASSUME 1 + 1 = 2
Spec == [][TRUE]_<<>>
====
