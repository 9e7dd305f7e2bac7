--------------------------------- MODULE SVG ---------------------------------
(* Drawings. An element is a record: its name, its attributes (a record of strings, or << >>), its children, and the text inside. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE Integers
LOCAL INSTANCE TLC
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE IOUtils

SVGElem(_name, _attrs, _children, _innerText) ==
  [name |-> _name, attrs |-> _attrs, children |-> _children, innerText |-> _innerText]

(* An element without children. Its own attributes win over those that are given. *)
LOCAL Shape(name, own, attrs, text) == SVGElem(name, own @@ attrs, <<>>, text)

Line(x1, y1, x2, y2, attrs) ==
  Shape("line", [x1 |-> ToString(x1), y1 |-> ToString(y1), x2 |-> ToString(x2), y2 |-> ToString(y2)], attrs, "")
Circle(cx, cy, r, attrs) ==
  Shape("circle", [cx |-> ToString(cx), cy |-> ToString(cy), r |-> ToString(r)], attrs, "")
Rect(x, y, w, h, attrs) ==
  Shape("rect", [x |-> ToString(x), y |-> ToString(y), width |-> ToString(w), height |-> ToString(h)], attrs, "")
Text(x, y, text, attrs) == Shape("text", [x |-> ToString(x), y |-> ToString(y)], attrs, text)
Image(x, y, width, height, href, attrs) ==
  Shape("image",
        ("xlink:href" :> href) @@
          [x |-> ToString(x), y |-> ToString(y), width |-> ToString(width), height |-> ToString(height)],
        attrs, "")

Group(children, attrs) == SVGElem("g", attrs, children, "")
Svg(children, attrs) == SVGElem("svg", attrs, children, "")

SVGElemToString(elem) == TRUE

(* A document with a view box. *)
SVGDoc(children, vbX, vbY, vbW, vbH, attrs) ==
  Svg(children,
      [xmlns |-> "http://www.w3.org/2000/svg",
       viewBox |-> ToString(vbX) \o " " \o ToString(vbY) \o " " \o ToString(vbW) \o " " \o ToString(vbH)] @@ attrs)

(* Writes a document to a file whose name ends with a number. *)
SVGSerialize(svg, frameNamePrefix, frameNumber) ==
  Serialize(SVGElemToString(svg), frameNamePrefix \o ToString(frameNumber) \o ".svg",
            [format |-> "TXT", charset |-> "UTF-8", openOptions |-> <<"WRITE", "CREATE", "TRUNCATE_EXISTING">>])

(* The place of node n of m on a circle. *)
NodeOfRingNetwork(cx, cy, r, n, m) == [x |-> 0, y |-> 0]

NodesOfDirectedMultiGraph(nodes, edges, options) == CHOOSE f \in [nodes -> [x : Int, y : Int]] : TRUE

PointOnLine(from, to, segment) ==
  [x |-> from.x + ((to.x - from.x) \div segment), y |-> from.y + ((to.y - from.y) \div segment)]
=============================================================================
