-------------------------------- MODULE Gossip --------------------------------
\* Gossip: subsets of what is known
\*
\* Nodes tell each other rumors. In a step one node chooses any nonempty part of what
\* another node lacks, and tells it. A rumor that everybody has heard can be dropped by
\* all, and starts again from its origin.
\*
\* Stresses: SUBSET as the domain of a choice, set difference, sets of pairs.

EXTENDS Naturals, FiniteSets

CONSTANTS
  Nodes,       \* the nodes
  Rumors       \* the rumors

VARIABLES
  heard,       \* pairs of a node and a rumor that it has heard
  origin,      \* for each rumor, the node where it began
  told         \* the largest number of rumors that were told at once

vars == <<heard, origin, told>>

Knows(n) == {r \in Rumors : <<n, r>> \in heard}

TypeOK ==
  /\ heard \subseteq Nodes \X Rumors
  /\ origin \in [Rumors -> Nodes]
  /\ told \in 0..Cardinality(Rumors)

Init ==
  /\ origin \in [Rumors -> {CHOOSE n \in Nodes : TRUE}]
  /\ heard = {<<origin[r], r>> : r \in Rumors}
  /\ told = 0

Larger(a, b) == IF a > b THEN a ELSE b

\* Node `from` tells node `to` some of the rumors that `to` lacks.
Tell(from, to) ==
  \E news \in SUBSET (Knows(from) \ Knows(to)) :
    /\ news # {}
    /\ heard' = heard \union ({to} \X news)
    /\ told' = Larger(told, Cardinality(news))
    /\ UNCHANGED origin

\* A rumor that everybody has heard is forgotten everywhere but at its origin.
Forget(r) ==
  /\ \A n \in Nodes : <<n, r>> \in heard
  /\ heard' = {p \in heard : p[2] # r \/ p[1] = origin[r]}
  /\ UNCHANGED <<origin, told>>

Next ==
  \/ \E from, to \in Nodes : from # to /\ Tell(from, to)
  \/ \E r \in Rumors : Forget(r)

Spec == Init /\ [][Next]_vars

\* The origin of a rumor never loses it.
OriginRemembers == \A r \in Rumors : <<origin[r], r>> \in heard

\* Rumors with one origin have at least one knower in common.
KnowersOverlap ==
  \A r, s \in Rumors :
    origin[r] = origin[s] =>
      {n \in Nodes : r \in Knows(n)} \intersect {n \in Nodes : s \in Knows(n)} # {}

===============================================================================
