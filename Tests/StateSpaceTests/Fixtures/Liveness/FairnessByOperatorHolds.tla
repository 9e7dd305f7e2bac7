---- MODULE FairnessByOperatorHolds ----
\* The fairness is an operator with a parameter below a quantifier; the workers are model values.
EXTENDS Naturals, FiniteSets
CONSTANT Workers
VARIABLE resting

\* Workers rest or not. The set of those that rest is the whole state.
Rest(w) == w \notin resting /\ resting' = resting \cup {w}
Wake(w) == w \in resting /\ resting' = resting \ {w}

Fair(w) == WF_resting(Rest(w)) /\ WF_resting(Wake(w))
Fairness == \A w \in Workers : Fair(w)

Init == resting = {}
Next == \E w \in Workers : Rest(w) \/ Wake(w)
Spec == /\ Init
        /\ [][Next]_resting
        /\ Fairness

Prop == \A w \in Workers : w \in resting ~> w \notin resting
====
