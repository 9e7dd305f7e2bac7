--------------------------------- MODULE log ---------------------------------
\* Log: followers copy the entries of a leader
\*
\* The leader appends an entry to its log and sends it to the followers, which append it to
\* theirs. A message can get lost. The checker finds that FollowersAgree fails, at best in 5
\* states: the first entry is lost, and the follower copies the second one into its place.
\*
\* What to try next:
\* - Let a follower copy only the entry that it needs: Fits(f, entry) becomes
\*   entry.place = Len(entries[f]) + 1. FollowersAgree holds, but a follower that missed an
\*   entry copies nothing any more.
\* - So let it ask: it sends the leader the place of the entry that it needs.
\* - Then let a follower take over as the leader. Whose log is the right one?

EXTENDS Integers, Sequences

CONSTANTS
  Leader,       \* the node that appends
  Followers,    \* the nodes that copy
  Values,       \* what an entry can be
  MaxEntries    \* how many entries there are at most

Nodes == {Leader} \union Followers

VARIABLES
  inbox,        \* for each node, the messages that wait for it, the oldest first
  entries       \* for each node, its log, the oldest entry first

vars == <<inbox, entries>>

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ entries = [n \in Nodes |-> <<>>]

\* The leader appends an entry, and sends it with its place in the log.
Add(l) ==
  /\ Len(entries[l]) < MaxEntries
  /\ \E value \in Values :
       LET entry ==
             [kind |-> "entry", from |-> l, place |-> Len(entries[l]) + 1, value |-> value]
       IN  /\ entries' = [entries EXCEPT ![l] = Append(@, value)]
           /\ inbox' =
                [n \in Nodes |->
                  IF n \in Followers THEN Append(inbox[n], entry) ELSE inbox[n]]

\* f can append the entry to its log: any entry, since messages arrive in order.
Fits(f, entry) == TRUE

\* f reads an entry, and appends it to its log if it fits.
Copy(f) ==
  /\ inbox[f] # <<>>
  /\ LET entry == Head(inbox[f])
     IN  entries' =
           IF Fits(f, entry)
           THEN [entries EXCEPT ![f] = Append(@, entry.value)]
           ELSE entries
  /\ inbox' = [inbox EXCEPT ![f] = Tail(@)]

\* The oldest message to f is lost.
Lose(f) ==
  /\ inbox[f] # <<>>
  /\ inbox' = [inbox EXCEPT ![f] = Tail(@)]
  /\ UNCHANGED entries

Next ==
  \/ Add(Leader)
  \/ \E f \in Followers : Copy(f) \/ Lose(f)

Spec == Init /\ [][Next]_vars

\* What the variables can be.
TypeOK ==
  /\ inbox \in
       [Nodes ->
         Seq([kind : {"entry"}, from : Nodes, place : 1..MaxEntries, value : Values])]
  /\ entries \in [Nodes -> Seq(Values)]

\* What a follower has is the beginning of the leader's log.
FollowersAgree ==
  \A f \in Followers :
    /\ Len(entries[f]) <= Len(entries[Leader])
    /\ \A i \in 1..Len(entries[f]) : entries[f][i] = entries[Leader][i]

=============================================================================
