----------------------- MODULE ViewModelValues -----------------------
\* A view that exchanges the roles of the model values by an IF and joins them in a set.
EXTENDS TLC, Naturals
CONSTANTS a, b, none
VARIABLES first, second, round
Init == first = none /\ second = none /\ round = 0
Next == /\ round' = round + 1
        /\ \/ first = none /\ first' \in {a, b} /\ UNCHANGED second
           \/ second = none /\ second' \in {a, b} /\ UNCHANGED first
           \/ first # none /\ second # none /\ first' = second /\ second' = first
View == {first, second}
Early == round < 4
======================================================================
