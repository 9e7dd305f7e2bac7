---- MODULE StatePredicateViolated ----
\* A state predicate under PROPERTY that is false in the initial state, though true later.
EXTENDS Naturals
VARIABLE light

On == light = "on"
Off == light = "off"

TurnOn == light = "off" /\ light' = "on"
TurnOff == light = "on" /\ light' = "off"

Init == light = "off"
Next == TurnOn \/ TurnOff
Spec == /\ Init
        /\ [][Next]_light

Prop == On
====
