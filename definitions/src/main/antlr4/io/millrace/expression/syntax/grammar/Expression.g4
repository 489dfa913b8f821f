/*
 * The expression language of Millrace: Maestro's SEL, a subset of Java (Maestro semantics 5.1), with the corrections of
 * spec/deviations 3, 5 and 6. This file is the language's reference: what it does not derive is not in the language.
 *
 * Before the lexer, \uXXXX stands for the character of that code, anywhere in the text. After the parser, three things are
 * checked that a grammar says badly: an assignment goes to a name or to an element, a literal fits its type, and nothing
 * nests deeper than the limit. A missing `;` at the very end is added.
 */
grammar Expression;

program : importLine* statement* EOF ;

/** Allowed so that old texts go on to work; means nothing. */
importLine : 'import' NAME ('.' NAME)* ('.' '*')? ';' ;

statement
  : '{' statement* '}'                                                                   # block
  | 'if' '(' expression ')' statement ('else' statement)?                                # branch
  | 'while' '(' expression ')' statement                                                 # whileLoop
  | 'for' '(' begin=forBegin? ';' condition=expression? ';' update=expression? ')' statement # forLoop
  | 'break' ';'                                                                          # leave
  | 'continue' ';'                                                                       # next
  | 'return' expression? ';'                                                             # giveBack
  | 'throw' expression ';'                                                               # raise
  | declaration ';'                                                                      # declare
  | expression ';'                                                                       # evaluate
  ;

forBegin : declaration | expression ;

declaration : typeName array? declarator (',' declarator)* ;

array : '[' ']' ;

declarator : NAME ('=' expression)? ;

/** Binds tighter the higher it stands. */
expression
  : primary                                                                              # single
  | expression '.' NAME '(' arguments? ')'                                               # call
  | expression '.' NAME                                                                  # field
  | expression '[' expression ']'                                                        # index
  | operator=('-' | '+' | '!') expression                                                # unary
  | expression operator=('*' | '/' | '%') expression                                     # binary
  | expression operator=('+' | '-') expression                                           # binary
  | expression operator=('<' | '<=' | '>' | '>=') expression                             # binary
  | expression operator=('==' | '!=') expression                                         # binary
  | expression operator='&&' expression                                                  # binary
  | expression operator='||' expression                                                  # binary
  | <assoc=right> expression '?' expression ':' expression                               # conditional
  | <assoc=right> expression operator=('=' | '+=' | '-=' | '*=' | '/=' | '%=') expression # assign
  ;

arguments : expression (',' expression)* ;

primary
  : '(' expression ')'                                                                   # nested
  | literal                                                                              # constant
  | NAME                                                                                 # name
  | 'new' typeName '(' arguments? ')'                                                    # construct
  | 'new' typeName '[' ']' '{' (arguments ','?)? '}'                                     # arrayOf
  | 'new' typeName '[' expression ']'                                                    # newArray
  ;

literal : WHOLE | HEX | DECIMAL | STRING | 'true' | 'false' | 'null' ;

typeName : 'boolean' | 'int' | 'long' | 'float' | 'double' | NAME ;

ROUND_OPEN : '(' ;
ROUND_CLOSE : ')' ;
SQUARE_OPEN : '[' ;
SQUARE_CLOSE : ']' ;
OPEN : '{' ;
CLOSE : '}' ;
SEMICOLON : ';' ;
COMMA : ',' ;
DOT : '.' ;
QUESTION : '?' ;
PLUS : '+' ;
MINUS : '-' ;
NOT : '!' ;
ASSIGN : '=' ;
ASSIGN_SUM : '+=' ;
ASSIGN_DIFFERENCE : '-=' ;
ASSIGN_PRODUCT : '*=' ;
ASSIGN_QUOTIENT : '/=' ;
ASSIGN_REMAINDER : '%=' ;
IF : 'if' ;
WHILE : 'while' ;
FOR : 'for' ;
TRUE : 'true' ;
FALSE : 'false' ;
NULL : 'null' ;

/** Reserved as in Java, without a meaning here. */
RESERVED
  : 'abstract' | 'assert' | 'byte' | 'case' | 'catch' | 'char' | 'class' | 'const' | 'default' | 'do' | 'enum' | 'extends'
  | 'final' | 'finally' | 'goto' | 'implements' | 'instanceof' | 'interface' | 'native' | 'package' | 'private'
  | 'protected' | 'public' | 'short' | 'static' | 'strictfp' | 'super' | 'switch' | 'synchronized' | 'this' | 'throws'
  | 'transient' | 'try' | 'void' | 'volatile'
  ;

/** Always decimal: 010 is ten. */
WHOLE : [0-9]+ [lL]? ;

HEX : '0' [xX] [0-9a-fA-F]+ [lL]? ;

DECIMAL
  : [0-9]+ '.' [0-9]* EXPONENT? [fFdD]?
  | '.' [0-9]+ EXPONENT? [fFdD]?
  | [0-9]+ EXPONENT [fFdD]?
  | [0-9]+ [fFdD]
  ;

fragment EXPONENT : [eE] [+-]? [0-9]+ ;

STRING
  : '"' (~["\\\r\n] | ESCAPE)* '"'
  | '\'' (~['\\\r\n] | ESCAPE)* '\''
  ;

fragment ESCAPE : '\\' [bntfr\\"'] ;

NAME : START PART* ;

fragment START : [\p{L}\p{Nl}\p{Sc}\p{Pc}] ;

fragment PART : START | [\p{Nd}\p{Mn}\p{Mc}] ;

SPACE : [ \t\r\n\f]+ -> skip ;

LINE_COMMENT : '//' ~[\r\n]* -> skip ;

COMMENT : '/*' .*? '*/' -> skip ;
