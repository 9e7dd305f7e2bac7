---- MODULE BagTests ----
(* What is a bag is told of anything. *)
EXTENDS Integers, Bags
CONSTANT None
VARIABLE bag
ASSUME IsABag(SetToBag({1, 2})) /\ IsABag(EmptyBag) /\ IsABag(<<3, 1>>)
ASSUME ~IsABag([a |-> "a"]) /\ ~IsABag(<<0>>) /\ ~IsABag([a |-> 1, b |-> -1]) /\ ~IsABag(<<None>>)
ASSUME ~IsABag(1) /\ ~IsABag("a") /\ ~IsABag({1}) /\ ~IsABag(None)
Holds == IsABag(bag)
Init == bag = EmptyBag
Next == BagCardinality(bag) < 2 /\ \E e \in {"left", "right"} : bag' = bag (+) SetToBag({e})
====
