---- MODULE FairnessByLetHolds ----
\* The fairness is defined with LET inside of the specification.
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
        /\ LET Fair(w) == WF_resting(Rest(w) \/ Wake(w)) IN \A w \in Workers : Fair(w)

Prop == \A w \in Workers : []<>(w \in resting)
====
