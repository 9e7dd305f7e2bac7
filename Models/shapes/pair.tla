-------------------------------- MODULE pair ---------------------------------
\* Pair: two nodes and a link that can be cut
\*
\* Each node says words, and tells the nodes that it sees. Messages wait in inboxes, and a
\* node reads them in order. The link can be cut and healed; what was sent before a cut
\* still arrives. The checker finds that BothKnow fails, at best in 4 states: a node says a
\* word while the link is cut, and after the heal nobody repeats it.
\*
\* What to try next:
\* - Let a node speak only when everybody hears it: in Say, add links[n] = Nodes \ {n}.
\*   BothKnow holds, but a node that is alone can do nothing.
\* - Or let Heal tell each node what the other one knows: inbox' becomes [inbox EXCEPT
\*     ![n] = Append(@, Tell(m, knows[m])), ![m] = Append(@, Tell(n, knows[n]))]
\*   BothKnow holds. Then let nodes take back words, too. What does the heal bring back?

EXTENDS Integers, Sequences

CONSTANTS
  Nodes,      \* the nodes
  Words,      \* the words that they say
  MaxCuts     \* how many times a link is cut at most

VARIABLES
  inbox,      \* for each node, the messages that wait for it, the oldest first
  links,      \* for each node, the nodes that it sees
  knows,      \* for each node, the words that it knows
  cuts        \* how many times a link was cut

vars == <<inbox, links, knows, cuts>>

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ links = [n \in Nodes |-> Nodes \ {n}]
  /\ knows = [n \in Nodes |-> {}]
  /\ cuts = 0

\* A message in which n tells these words.
Tell(n, words) == [kind |-> "tell", from |-> n, words |-> words]

\* n says a word that it does not know yet, and tells the nodes that it sees.
Say(n) ==
  /\ \E word \in Words \ knows[n] :
       /\ knows' = [knows EXCEPT ![n] = @ \union {word}]
       /\ inbox' =
            [m \in Nodes |->
              IF m \in links[n] THEN Append(inbox[m], Tell(n, {word})) ELSE inbox[m]]
  /\ UNCHANGED <<links, cuts>>

\* n reads its oldest message.
Hear(n) ==
  /\ inbox[n] # <<>>
  /\ knows' = [knows EXCEPT ![n] = @ \union Head(inbox[n]).words]
  /\ inbox' = [inbox EXCEPT ![n] = Tail(@)]
  /\ UNCHANGED <<links, cuts>>

\* The link between n and m is cut.
Cut(n, m) ==
  /\ m \in links[n]
  /\ cuts < MaxCuts
  /\ cuts' = cuts + 1
  /\ links' = [links EXCEPT ![n] = @ \ {m}, ![m] = @ \ {n}]
  /\ UNCHANGED <<inbox, knows>>

\* The link between n and m is healed.
Heal(n, m) ==
  /\ m \notin links[n]
  /\ links' = [links EXCEPT ![n] = @ \union {m}, ![m] = @ \union {n}]
  /\ inbox' = inbox    \* nobody is told
  /\ UNCHANGED <<knows, cuts>>

Next ==
  \/ \E n \in Nodes : Say(n) \/ Hear(n)
  \/ \E n \in Nodes : \E m \in Nodes \ {n} : Cut(n, m) \/ Heal(n, m)

Spec == Init /\ [][Next]_vars

\* What the variables can be.
TypeOK ==
  /\ inbox \in [Nodes -> Seq([kind : {"tell"}, from : Nodes, words : SUBSET Words])]
  /\ links \in [Nodes -> SUBSET Nodes]
  /\ knows \in [Nodes -> SUBSET Words]
  /\ cuts \in 0..MaxCuts

\* When every node sees all others and no message waits, they all know the same.
BothKnow ==
  (\A n \in Nodes : inbox[n] = <<>> /\ links[n] = Nodes \ {n})
    => \A n, m \in Nodes : knows[n] = knows[m]

=============================================================================
