-------------------------------- MODULE Caches --------------------------------
\* Caches: a directory keeps caches coherent
\*
\* Caches hold lines of memory, shared or exclusively. They ask a directory, which takes
\* a line away from the others first. Every write stores a new value.
\*
\* Stresses: symmetric processes: the caches are interchangeable (SYMMETRY).

EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
  Caches,      \* the caches
  Lines,       \* the lines of memory
  Values,      \* how many values are written, one after the other, round and round
  None         \* stands for no cache

VARIABLES
  state,       \* for each line and cache: "invalid", "shared" or "exclusive"
  copy,        \* for each line and cache, the copy of the value
  request,     \* for each line and cache, what the cache waits for: "none", "read" or "write"
  order,       \* for each line and cache, what the directory told the cache
  serving,     \* for each line, the cache whose request the directory serves, or None
  sharers,     \* for each line, the caches that have a copy, as far as the directory knows
  memory,      \* for each line, the value in memory
  last         \* for each line, the value that was written last

vars == <<state, copy, request, order, serving, sharers, memory, last>>

Symmetric == Permutations(Caches)

TypeOK ==
  /\ state \in [Lines -> [Caches -> {"invalid", "shared", "exclusive"}]]
  /\ copy \in [Lines -> [Caches -> 0..Values - 1]]
  /\ request \in [Lines -> [Caches -> {"none", "read", "write"}]]
  /\ order \in [Lines -> [Caches -> {"none", "grant", "drop"}]]
  /\ serving \in [Lines -> Caches \union {None}]
  /\ sharers \in [Lines -> SUBSET Caches]
  /\ memory \in [Lines -> 0..Values - 1]
  /\ last \in [Lines -> 0..Values - 1]

Everywhere(x) == [l \in Lines |-> [c \in Caches |-> x]]

Init ==
  /\ state = Everywhere("invalid")
  /\ copy = Everywhere(0)
  /\ request = Everywhere("none")
  /\ order = Everywhere("none")
  /\ serving = [l \in Lines |-> None]
  /\ sharers = [l \in Lines |-> {}]
  /\ memory = [l \in Lines |-> 0]
  /\ last = [l \in Lines |-> 0]

Ask(l, c) ==
  /\ request[l][c] = "none"
  /\ \/ state[l][c] = "invalid" /\ request' = [request EXCEPT ![l][c] = "read"]
     \/ state[l][c] # "exclusive" /\ request' = [request EXCEPT ![l][c] = "write"]
  /\ UNCHANGED <<state, copy, order, serving, sharers, memory, last>>

\* The directory begins to serve a request, and asks those who are in the way to drop their
\* copy.
Serve(l, c) ==
  /\ serving[l] = None /\ request[l][c] # "none"
  /\ serving' = [serving EXCEPT ![l] = c]
  /\ order' =
       [order EXCEPT ![l] =
         [d \in Caches |->
           IF d # c /\ d \in sharers[l] /\ (request[l][c] = "write" \/ state[l][d] = "exclusive")
           THEN "drop"
           ELSE @[d]]]
  /\ UNCHANGED <<state, copy, request, sharers, memory, last>>

\* A cache drops its copy; if it may have written, memory gets the value.
Drop(l, c) ==
  /\ order[l][c] = "drop"
  /\ order' = [order EXCEPT ![l][c] = "none"]
  /\ memory' = IF state[l][c] = "exclusive" THEN [memory EXCEPT ![l] = copy[l][c]] ELSE memory
  /\ state' = [state EXCEPT ![l][c] = "invalid"]
  /\ copy' = [copy EXCEPT ![l][c] = 0]
  /\ sharers' = [sharers EXCEPT ![l] = @ \ {c}]
  /\ UNCHANGED <<request, serving, last>>

Grant(l) ==
  /\ serving[l] # None
  /\ \A c \in Caches : order[l][c] # "drop"
  /\ order[l][serving[l]] # "grant"
  /\ order' = [order EXCEPT ![l][serving[l]] = "grant"]
  /\ sharers' = [sharers EXCEPT ![l] = @ \union {serving[l]}]
  /\ UNCHANGED <<state, copy, request, serving, memory, last>>

\* A cache takes the line that it waited for.
Take(l, c) ==
  /\ order[l][c] = "grant"
  /\ state' =
       [state EXCEPT ![l][c] = IF request[l][c] = "write" THEN "exclusive" ELSE "shared"]
  /\ copy' = [copy EXCEPT ![l][c] = memory[l]]
  /\ request' = [request EXCEPT ![l][c] = "none"]
  /\ order' = [order EXCEPT ![l][c] = "none"]
  /\ serving' = [serving EXCEPT ![l] = None]
  /\ UNCHANGED <<sharers, memory, last>>

Write(l, c) ==
  /\ state[l][c] = "exclusive"
  /\ last' = [last EXCEPT ![l] = (@ + 1) % Values]
  /\ copy' = [copy EXCEPT ![l][c] = last'[l]]
  /\ UNCHANGED <<state, request, order, serving, sharers, memory>>

Next ==
  \E l \in Lines :
    \/ Grant(l)
    \/ \E c \in Caches : Ask(l, c) \/ Serve(l, c) \/ Drop(l, c) \/ Take(l, c) \/ Write(l, c)

Spec == Init /\ [][Next]_vars

\* Whoever may write is alone.
OneWriter ==
  \A l \in Lines : \A c, d \in Caches :
    c # d /\ state[l][c] = "exclusive" => state[l][d] = "invalid"

\* Every copy has the value that was written last.
ReadsLastWrite ==
  \A l \in Lines, c \in Caches : state[l][c] # "invalid" => copy[l][c] = last[l]

\* The directory knows of every copy.
DirectoryKnows ==
  \A l \in Lines : {c \in Caches : state[l][c] # "invalid"} \subseteq sharers[l]

===============================================================================
