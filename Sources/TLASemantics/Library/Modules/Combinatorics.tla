---------------------------- MODULE Combinatorics ----------------------------
(* Numbers of arrangements. *)
EXTENDS Naturals

factorial[n \in Nat] == IF n = 0 THEN 1 ELSE n * factorial[n - 1]

(* The number of sets of k among n elements. *)
choose(n, k) == factorial[n] \div (factorial[k] * factorial[n - k])
=============================================================================
