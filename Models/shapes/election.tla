------------------------------ MODULE election -------------------------------
\* Election: nodes elect a leader by messages
\*
\* A node that stands votes for itself, and asks the others for their votes. With the votes
\* of more than half of the nodes it leads. The checker finds that OneLeader fails, at best
\* in 8 states: one node votes for both others, and each of them has two votes of three.
\*
\* What to try next:
\* - Let each node vote only once: MayVote(n) becomes vote[n] = Nobody. OneLeader holds.
\* - Then ask for a leader: add WF_vars(Next) to Spec, and the property
\*   SomeLeader == <>(\E n \in Nodes : leads[n]). It fails. How do three nodes vote?
\* - Number the elections, so that there can be another one: a node votes once in each term.

EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Nodes,      \* the nodes
  Nobody      \* the vote of a node that has not voted

VARIABLES
  inbox,      \* for each node, the messages that wait for it, the oldest first
  vote,       \* for each node, for whom it voted last, or Nobody
  votes,      \* for each node, how many votes it has
  leads       \* for each node, whether it leads

vars == <<inbox, vote, votes, leads>>

Init ==
  /\ inbox = [n \in Nodes |-> <<>>]
  /\ vote = [n \in Nodes |-> Nobody]
  /\ votes = [n \in Nodes |-> 0]
  /\ leads = [n \in Nodes |-> FALSE]

\* So many votes are more than half.
Majority(count) == 2 * count > Cardinality(Nodes)

\* A message of that kind is the oldest in n's inbox.
Received(n, kind) == inbox[n] # <<>> /\ Head(inbox[n]).kind = kind

\* The inboxes when n has read its oldest message.
Read(n) == [inbox EXCEPT ![n] = Tail(@)]

\* n may vote: all may, but those that stand.
MayVote(n) == vote[n] # n

\* n stands if it has not voted yet: it votes for itself, and asks the others.
Stand(n) ==
  /\ vote[n] = Nobody
  /\ vote' = [vote EXCEPT ![n] = n]
  /\ votes' = [votes EXCEPT ![n] = 1]
  /\ inbox' =
       [m \in Nodes |->
         IF m = n THEN inbox[m] ELSE Append(inbox[m], [kind |-> "ask", from |-> n])]
  /\ UNCHANGED leads

\* n reads that a node asks for its vote, and votes for it if it may.
Vote(n) ==
  /\ Received(n, "ask")
  /\ LET m == Head(inbox[n]).from
     IN  IF MayVote(n)
         THEN /\ vote' = [vote EXCEPT ![n] = m]
              /\ inbox' = [Read(n) EXCEPT ![m] = Append(@, [kind |-> "vote", from |-> n])]
         ELSE /\ inbox' = Read(n)
              /\ UNCHANGED vote
  /\ UNCHANGED <<votes, leads>>

\* n counts a vote for it, and leads if more than half have voted for it.
Count(n) ==
  /\ Received(n, "vote")
  /\ votes' = [votes EXCEPT ![n] = @ + 1]
  /\ leads' = [leads EXCEPT ![n] = Majority(votes[n] + 1)]
  /\ inbox' = Read(n)
  /\ UNCHANGED vote

Next == \E n \in Nodes : Stand(n) \/ Vote(n) \/ Count(n)

Spec == Init /\ [][Next]_vars

\* What the variables can be.
TypeOK ==
  /\ inbox \in [Nodes -> Seq([kind : {"ask", "vote"}, from : Nodes])]
  /\ vote \in [Nodes -> Nodes \union {Nobody}]
  /\ votes \in [Nodes -> 0..Cardinality(Nodes)]
  /\ leads \in [Nodes -> BOOLEAN]

\* No two nodes lead.
OneLeader == \A n, m \in Nodes : n # m => ~(leads[n] /\ leads[m])

=============================================================================
