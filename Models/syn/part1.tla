-------------------------------- MODULE part1 --------------------------------
\* It's a Syn, part 1: one node
\*
\* A registry of names on a single node: names are registered and unregistered,
\* and two counters keep the books. There is nobody to tell, so nothing can go
\* wrong: the checker visits every state, and the registry always holds as many
\* names as were added and not removed.

EXTENDS Integers, FiniteSets

VARIABLES
  registered,  \* the names that are registered now
  next_val,    \* the next name to be registered; names are integers
  added,       \* how many names were ever registered
  removed      \* how many names were ever unregistered

vars == <<registered, next_val, added, removed>>

Init ==
  /\ registered = {}
  /\ next_val = 0
  /\ added = 0
  /\ removed = 0

\* The next name is registered.
Register ==
  /\ next_val < 5
  /\ registered' = registered \union {next_val}
  /\ next_val' = next_val + 1
  /\ added' = added + 1
  /\ UNCHANGED removed

\* A registered name is unregistered.
Unregister ==
  /\ registered # {}
  /\ LET name == CHOOSE name \in registered : TRUE
     IN  registered' = registered \ {name}
  /\ removed' = removed + 1
  /\ UNCHANGED <<next_val, added>>

\* All names were given out: nothing more needs to happen.
Complete ==
  /\ next_val = 5
  /\ UNCHANGED vars

Next ==
  \/ Register
  \/ Unregister
  \/ Complete

\* The registry holds what was added and not removed.
AllRegistered == Cardinality(registered) = added - removed

===============================================================================
