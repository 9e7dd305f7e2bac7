---- MODULE ExistsFairWorkerViolated ----
\* Some worker is fair, but it need not be the one that the property is about.
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
        /\ \E w \in Workers : WF_resting(Rest(w)) /\ WF_resting(Wake(w))

Prop == \A w \in Workers : <>(w \in resting)
====
