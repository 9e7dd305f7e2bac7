---- MODULE NegatedEventuallyViolated ----
\* A negation before <> makes an invariant of the negated predicate, but it is checked as a temporal formula.
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
        /\ WF_light(Next)

Prop == ~<>On
====
