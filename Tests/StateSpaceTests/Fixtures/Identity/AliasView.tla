-------------------------- MODULE AliasView --------------------------
\* An alias beside a view: the history that the view leaves out is shown.
EXTENDS Naturals, Sequences
VARIABLES x, log
Init == x = 0 /\ log = <<>>
Next == \/ x' = x + 1 /\ log' = Append(log, "one")
        \/ x' = x + 2 /\ log' = Append(log, "two")
View == x
Show == [x |-> x, last |-> IF log = <<>> THEN "nothing" ELSE log[Len(log)], steps |-> Len(log)]
Low == x < 5
======================================================================
