---- MODULE ExistsFairWorkerHolds ----
\* Some worker is fair, as an existential quantifier in the specification.
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
        /\ \E w \in Workers : WF_resting(Rest(w))

Prop == <>(resting # {})
====
