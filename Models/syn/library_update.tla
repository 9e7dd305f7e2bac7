---------------------------- MODULE library_update ----------------------------
\* It's a Syn: the library, with updates
\*
\* A process that is registered under a name can be registered under it again, with other meta
\* data. The registration then gets a new time, and the discovered nodes are told of it as of a
\* new one. So a node that has lost the name learns of it. The model leaves the data out.

EXTENDS library

CONSTANT
  MaxTime  \* no registration is updated from this time on

\* A process of n's own is registered anew under its name; the discovered nodes are told.
Update(n) ==
  /\ time < MaxTime
  /\ \E name \in From(table[n], n) :
       /\ table' = [table EXCEPT ![n] = With(@, name, n, time)]
       /\ inbox' =
            Sent(inbox, n, nodes_map[n],
                 <<[action |-> "sync_register", name |-> name, time |-> time]>>)
  /\ time' = time + 1
  /\ UNCHANGED <<registered, nodes_map, names, visible_nodes, disconnections>>

NextOrUpdate ==
  \/ Next
  \/ \E n \in Nodes : Update(n)

SpecWithUpdates == Init /\ [][NextOrUpdate]_vars

=============================================================================
