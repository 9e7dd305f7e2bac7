---- MODULE StandInConstants ----
(* A constant that the configuration gives the value of another one. *)
CONSTANTS Leader, First, Second
VARIABLE x
ASSUME Leader = First /\ Leader # Second
Init == x = Second
Next == x' \in {Leader, First, Second}
====
