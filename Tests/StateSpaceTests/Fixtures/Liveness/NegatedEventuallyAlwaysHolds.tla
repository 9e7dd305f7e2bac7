---- MODULE NegatedEventuallyAlwaysHolds ----
\* A negation before <>[] is the same as []<> of the negated predicate.
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

Prop == ~<>[]On
====
