---- MODULE EquivalenceOfTemporalFormulasRefused ----
\* TLC does not handle an equivalence of temporal formulas, although it could be written as two implications.
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

Prop == []<>On <=> []<>Off
====
