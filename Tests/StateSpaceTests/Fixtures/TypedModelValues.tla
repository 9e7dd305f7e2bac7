------------------------- MODULE TypedModelValues --------------------------
(* Model values of a type are compared to their like, and to untyped ones. *)
CONSTANTS Nodes, None, Other
VARIABLE owner
Init == owner = None
Next == owner' \in Nodes \cup {None}
Different == owner = None \/ owner \in Nodes
Wrong == owner = None \/ owner # Other
=============================================================================
