---------------------------- MODULE VectorClocks -----------------------------
(* Logs with vector clocks: functions from nodes to numbers. *)
EXTENDS Naturals, Sequences, Functions

LOCAL Time(vector, n) == IF n \in DOMAIN vector THEN vector[n] ELSE 0

(* No event knows more of every node than an event that follows it. *)
IsCausalOrder(log, clock(_)) ==
  \A i \in 1..Len(log) : \A j \in 1..(i - 1) :
    LET earlier == clock(log[j])
        later == clock(log[i])
        nodes == DOMAIN earlier \cup DOMAIN later
    IN  \/ /\ \A n \in nodes : Time(earlier, n) <= Time(later, n)
           /\ \E n \in nodes : Time(earlier, n) < Time(later, n)
        \/ \E n, m \in nodes : n # m /\ Time(earlier, n) < Time(later, n) /\ Time(earlier, m) > Time(later, m)

CausalOrder(log, clock(_), node(_), domain(_)) ==
  CHOOSE ordered \in {f \in [1..Len(log) -> Range(log)] : Range(f) = Range(log)} : IsCausalOrder(ordered, clock)
=============================================================================
