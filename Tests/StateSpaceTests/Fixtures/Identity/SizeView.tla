--------------------------- MODULE SizeView ---------------------------
\* The view is the size of a set and a flag; of all sets of a size the first one stands for the others.
EXTENDS Naturals, FiniteSets
VARIABLES bag, shut
Init == bag = {} /\ shut = FALSE
Next == \/ ~shut /\ \E i \in 1..5 \ bag : bag' = bag \cup {i} /\ UNCHANGED shut
        \/ Cardinality(bag) >= 2 /\ shut' = ~shut /\ UNCHANGED bag
View == <<Cardinality(bag), shut>>
Fine == bag # {2, 3}
=======================================================================
