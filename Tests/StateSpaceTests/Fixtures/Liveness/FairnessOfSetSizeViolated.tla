---- MODULE FairnessOfSetSizeViolated ----
\* An implication of fairness formulas for each worker is true of a behavior in which nobody ever rests.
EXTENDS Naturals, FiniteSets
CONSTANT Workers
VARIABLE resting

\* Workers rest or not. The set of those that rest is the whole state.
Rest(w) == w \notin resting /\ resting' = resting \cup {w}
Wake(w) == w \in resting /\ resting' = resting \ {w}

Init == resting = {}
Next == \E w \in Workers : Rest(w) \/ Wake(w)
Spec == /\ Init
        /\ [][Next]_resting
        /\ \A w \in Workers : WF_resting(Rest(w) \/ Wake(w)) => SF_resting(Wake(w))

Prop == <>(Cardinality(resting) = 2)
====
