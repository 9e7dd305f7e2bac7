----------------------------- MODULE Dependencies -----------------------------
\* Dependencies: a relation without circles
\*
\* Packages come to depend on each other, one dependency at a time, and cease to. A
\* dependency is added only if it closes no circle. The levels say in which order the
\* packages can be built.
\*
\* Stresses: large sets of pairs, sets that are filtered, recursion over them.

EXTENDS Naturals, FiniteSets

CONSTANTS
  Packages,    \* the packages
  Most         \* the largest number of dependencies

VARIABLES
  needs        \* pairs of packages: the first needs the second

vars == <<needs>>

TypeOK == needs \subseteq {p \in Packages \X Packages : p[1] # p[2]}

Init == needs = {}

\* The pairs that two steps connect: the first in r, the second in s.
Compose(r, s) ==
  {pair \in Packages \X Packages :
    \E middle \in Packages : <<pair[1], middle>> \in r /\ <<middle, pair[2]>> \in s}

\* The transitive closure of a relation over the packages: squared until paths of every
\* length are in it.
RECURSIVE Closure(_)
Closure(r) ==
  LET more == r \union Compose(r, r)
  IN  IF more = r THEN r ELSE Closure(more)

Add(p, q) ==
  /\ Cardinality(needs) < Most
  /\ p # q
  /\ <<p, q>> \notin needs
  /\ <<q, p>> \notin Closure(needs)
  /\ needs' = needs \union {<<p, q>>}

Remove(p, q) ==
  /\ <<p, q>> \in needs
  /\ needs' = needs \ {<<p, q>>}

Next == \E p, q \in Packages : Add(p, q) \/ Remove(p, q)

Spec == Init /\ [][Next]_vars

\* No package needs itself.
Acyclic ==
  LET closure == Closure(needs)
  IN  \A p \in Packages : <<p, p>> \notin closure

\* Some package needs no other: there is always one that can be built first.
SomeIsFirst == \E p \in Packages : \A q \in Packages : <<p, q>> \notin needs

===============================================================================
