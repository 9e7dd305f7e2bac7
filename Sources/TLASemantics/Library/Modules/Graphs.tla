------------------------------ MODULE Graphs -------------------------------
EXTENDS Naturals, Sequences, FiniteSets, SequencesExt, Relation
(* Directed graphs: records of a set `node` and a set `edge` of pairs of nodes. *)

EmptyGraph == [node |-> {}, edge |-> {}]
Graphs(S) == [node : {S}, edge : SUBSET (S \X S)]

IsDirectedGraph(G) == G = [node |-> G.node, edge |-> G.edge] /\ G.edge \subseteq G.node \X G.node
IsUndirectedGraph(G) == IsDirectedGraph(G) /\ \A e \in G.edge : <<e[2], e[1]>> \in G.edge

DirectedSubgraph(G) ==
  UNION {{[node |-> nodes, edge |-> pairs] : pairs \in SUBSET (G.edge \cap (nodes \X nodes))} :
         nodes \in SUBSET G.node}
UndirectedSubgraph(G) == {H \in DirectedSubgraph(G) : IsUndirectedGraph(H)}

Transpose(G) == [node |-> G.node, edge |-> {<<e[2], e[1]>> : e \in G.edge}]
GraphUnion(G, H) == [node |-> G.node \cup H.node, edge |-> G.edge \cup H.edge]

LOCAL Follows(G, p) == \A i \in 1..(Len(p) - 1) : <<p[i], p[i + 1]>> \in G.edge

(* Without an end where the graph has a cycle. *)
Path(G) == {p \in Seq(G.node) : p # <<>> /\ Follows(G, p)}

(* Grown a node at a time, so that what is no path is never looked at. *)
SimplePath(G) ==
  LET RECURSIVE Grow(_)
      Grow(paths) ==
        LET longer == UNION {{Append(p, n) : n \in {m \in G.node : <<p[Len(p)], m>> \in G.edge
                                                      /\ \A i \in 1..Len(p) : p[i] # m}} : p \in paths}
        IN  IF longer = {} THEN paths ELSE paths \cup Grow(longer)
  IN  Grow({<<n>> : n \in G.node})

LOCAL Edges(G) == [m, n \in G.node |-> <<m, n>> \in G.edge]

ConnectionsIn(G) == ReflexiveTransitiveClosure(Edges(G), G.node)
AreConnectedIn(m, n, G) == m \in G.node /\ n \in G.node /\ ConnectionsIn(G)[m, n]
IsStronglyConnected(G) == LET way == ConnectionsIn(G) IN \A m, n \in G.node : way[m, n]

IsBipartiteWithPartitions(G, U, V) ==
  /\ U \cap V = {}
  /\ G.node \subseteq U \cup V
  /\ \A e \in G.edge : (e[1] \in U /\ e[2] \in V) \/ (e[1] \in V /\ e[2] \in U)

HasCycle(G) == LET closure == TransitiveClosure(Edges(G), G.node) IN \E n \in G.node : closure[n, n]
IsDag(G) == IsDirectedGraph(G) /\ ~HasCycle(G)

Successors(G, n) == {m \in G.node : <<n, m>> \in G.edge}
Predecessors(G, n) == {m \in G.node : <<m, n>> \in G.edge}
AllSuccessors(G, S) == UNION {Successors(G, n) : n \in S}
AllPredecessors(G, S) == UNION {Predecessors(G, n) : n \in S}
Ancestors(G, n) == LET closure == TransitiveClosure(Edges(G), G.node) IN {m \in G.node : closure[m, n]}
Descendants(G, n) == LET closure == TransitiveClosure(Edges(G), G.node) IN {m \in G.node : closure[n, m]}

IsTreeWithRoot(G, r) ==
  /\ IsDirectedGraph(G)
  /\ r \in G.node
  /\ \A e \in G.edge : e[1] # r
  /\ Cardinality({e[1] : e \in G.edge}) = Cardinality(G.edge)
  /\ G.node \ {r} \subseteq Ancestors(G, r)

InDegree(G, n) == Cardinality(Predecessors(G, n))
OutDegree(G, n) == Cardinality(Successors(G, n))
Roots(G) == {n \in G.node : InDegree(G, n) = 0}
Leaves(G) == {n \in G.node : OutDegree(G, n) = 0}
=============================================================================
