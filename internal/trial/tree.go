package trial

import "go.starlark.net/syntax"

// metered rewrites a tree so that what Starlark does in one step at any size goes through builtins that count it, and so that
// strings can be iterated and truth values added. The names of those builtins cannot be written in a text.
func metered(f *syntax.File) {
	for _, s := range f.Stmts {
		meterStmt(s)
	}
}

func meterStmts(stmts []syntax.Stmt) {
	for _, s := range stmts {
		meterStmt(s)
	}
}

func meterStmt(s syntax.Stmt) {
	switch s := s.(type) {
	case *syntax.AssignStmt:
		s.RHS = meter(s.RHS)
		target(s.LHS)
		if op, ok := augmented[s.Op]; ok {
			if _, name := s.LHS.(*syntax.Ident); name && counted[op] != "" {
				s.Op, s.RHS = syntax.EQ, call(counted["+="+op.String()], s.OpPos, copied(s.LHS), s.RHS)
			}
		}
	case *syntax.DefStmt:
		meterParams(s.Params)
		meterStmts(s.Body)
	case *syntax.ExprStmt:
		s.X = meter(s.X)
	case *syntax.ForStmt:
		s.X = call("each", s.For, meter(s.X))
		meterStmts(s.Body)
	case *syntax.WhileStmt:
		s.Cond = meter(s.Cond)
		meterStmts(s.Body)
	case *syntax.IfStmt:
		s.Cond = meter(s.Cond)
		meterStmts(s.True)
		meterStmts(s.False)
	case *syntax.ReturnStmt:
		if s.Result != nil {
			s.Result = meter(s.Result)
		}
	}
}

var augmented = map[syntax.Token]syntax.Token{syntax.PLUS_EQ: syntax.PLUS, syntax.STAR_EQ: syntax.STAR, syntax.MINUS_EQ: syntax.MINUS,
	syntax.PERCENT_EQ: syntax.PERCENT, syntax.LTLT_EQ: syntax.LTLT}

// counted are the operators that go through a builtin of the same name.
var counted = map[any]string{syntax.PLUS: "+", syntax.MINUS: "-", syntax.STAR: "*", syntax.LTLT: "<<", syntax.PERCENT: "%", syntax.IN: "in", syntax.NOT_IN: "not in",
	"+=+": "+=", "+=*": "*", "+=-": "-", "+=%": "%", "+=<<": "<<"}

func copied(e syntax.Expr) syntax.Expr {
	id := e.(*syntax.Ident)
	return &syntax.Ident{NamePos: id.NamePos, Name: id.Name}
}

func target(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.IndexExpr:
		e.X, e.Y = meter(e.X), meter(e.Y)
	case *syntax.TupleExpr:
		for _, x := range e.List {
			target(x)
		}
	case *syntax.ListExpr:
		for _, x := range e.List {
			target(x)
		}
	case *syntax.ParenExpr:
		target(e.X)
	}
}

func meterParams(params []syntax.Expr) {
	for _, p := range params {
		if b, ok := p.(*syntax.BinaryExpr); ok {
			b.Y = meter(b.Y)
		}
	}
}

func meterAll(list []syntax.Expr) {
	for i := range list {
		list[i] = meter(list[i])
	}
}

// call makes a call of a builtin at a place.
func call(name string, at syntax.Position, args ...syntax.Expr) syntax.Expr {
	return &syntax.CallExpr{Fn: &syntax.Ident{NamePos: at, Name: name}, Lparen: at, Args: args, Rparen: at}
}

func meter(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.BinaryExpr:
		if e.Op == syntax.EQ { // an argument by name
			e.Y = meter(e.Y)
			return e
		}
		e.X, e.Y = meter(e.X), meter(e.Y)
		if name := counted[e.Op]; name != "" {
			return call(name, e.OpPos, e.X, e.Y)
		}
	case *syntax.UnaryExpr:
		if e.X != nil {
			e.X = meter(e.X)
		}
	case *syntax.CallExpr:
		e.Fn = meterFn(e)
		meterAll(e.Args)
	case *syntax.Comprehension:
		e.Body = meter(e.Body)
		for _, c := range e.Clauses {
			switch c := c.(type) {
			case *syntax.ForClause:
				c.X = call("each", c.For, meter(c.X))
			case *syntax.IfClause:
				c.Cond = meter(c.Cond)
			}
		}
	case *syntax.CondExpr:
		e.Cond, e.True, e.False = meter(e.Cond), meter(e.True), meter(e.False)
	case *syntax.DictEntry:
		e.Key, e.Value = meter(e.Key), meter(e.Value)
	case *syntax.DictExpr:
		meterAll(e.List)
	case *syntax.ListExpr:
		meterAll(e.List)
	case *syntax.TupleExpr:
		meterAll(e.List)
	case *syntax.ParenExpr:
		e.X = meter(e.X)
	case *syntax.DotExpr:
		e.X = meter(e.X)
	case *syntax.IndexExpr:
		e.X, e.Y = meter(e.X), meter(e.Y)
	case *syntax.SliceExpr:
		return slice(e)
	case *syntax.LambdaExpr:
		meterParams(e.Params)
		e.Body = meter(e.Body)
	}
	return e
}

// meterFn turns a method into a builtin that counts it.
func meterFn(c *syntax.CallExpr) syntax.Expr {
	dot, ok := c.Fn.(*syntax.DotExpr)
	if !ok {
		return meter(c.Fn)
	}
	return call(".", dot.Dot, meter(dot.X), &syntax.Literal{Token: syntax.STRING, TokenPos: dot.NamePos, Raw: `"` + dot.Name.Name + `"`, Value: dot.Name.Name})
}

func slice(e *syntax.SliceExpr) syntax.Expr {
	args := []syntax.Expr{meter(e.X)}
	for _, part := range []syntax.Expr{e.Lo, e.Hi, e.Step} {
		if part == nil {
			part = &syntax.Ident{NamePos: e.Lbrack, Name: "None"}
		} else {
			part = meter(part)
		}
		args = append(args, part)
	}
	return call("[:]", e.Lbrack, args...)
}
